package store

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	maxConnections = 5
	pageSize       = 100
)

// Item is an example of something that is kept in Postgres.
type Item struct {
	ID        int64     `json:"id"`
	Name      string    `json:"name"`
	CreatedAt time.Time `json:"createdAt"`
}

// Postgres keeps items and events.
type Postgres struct {
	pool        *pgxpool.Pool
	lockKey     string
	items       string
	events      string
	tablesExist atomic.Bool
}

// NewPostgres does not connect. Without a configuration the store is off.
func NewPostgres(config *pgxpool.Config, tablePrefix string) (*Postgres, error) {
	postgres := &Postgres{
		lockKey: tablePrefix + "tables",
		items:   pgx.Identifier{tablePrefix + "items"}.Sanitize(),
		events:  pgx.Identifier{tablePrefix + "events"}.Sanitize(),
	}
	if config == nil {
		return postgres, nil
	}
	config.MaxConns = maxConnections
	config.ConnConfig.ConnectTimeout = timeout
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	postgres.pool = pool
	return postgres, nil
}

// Close waits for the connections that are in use.
func (p *Postgres) Close() {
	if p.pool != nil {
		p.pool.Close()
	}
}

// Configured tells whether there is a database at all.
func (p *Postgres) Configured() bool { return p.pool != nil }

// Status asks the database.
func (p *Postgres) Status(ctx context.Context) Status {
	if p.pool == nil {
		return Off
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if p.pool.Ping(ctx) != nil {
		return Down
	}
	return Up
}

// Items returns the newest items.
func (p *Postgres) Items(ctx context.Context) ([]Item, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := p.ensureTables(ctx); err != nil {
		return nil, err
	}
	query := "SELECT id, name, created_at FROM " + p.items + " ORDER BY id DESC LIMIT $1"
	rows, err := p.pool.Query(ctx, query, pageSize)
	if err != nil {
		return nil, p.explain(err)
	}
	items, err := pgx.CollectRows(rows, scanItem)
	if err != nil {
		return nil, p.explain(err)
	}
	return items, nil
}

// CreateItem stores a new item.
func (p *Postgres) CreateItem(ctx context.Context, name string) (Item, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := p.ensureTables(ctx); err != nil {
		return Item{}, err
	}
	query := "INSERT INTO " + p.items + " (name) VALUES ($1) RETURNING id, name, created_at"
	rows, err := p.pool.Query(ctx, query, name)
	if err != nil {
		return Item{}, p.explain(err)
	}
	item, err := pgx.CollectExactlyOneRow(rows, scanItem)
	if err != nil {
		return Item{}, p.explain(err)
	}
	return item, nil
}

// SaveEvent tells whether the event is new. Saving it again changes nothing.
func (p *Postgres) SaveEvent(ctx context.Context, stream, id string, fields map[string]any) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := p.ensureTables(ctx); err != nil {
		return false, err
	}
	query := "INSERT INTO " + p.events + " (stream, id, fields) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
	result, err := p.pool.Exec(ctx, query, stream, id, fields)
	if err != nil {
		return false, p.explain(err)
	}
	return result.RowsAffected() == 1, nil
}

func (p *Postgres) ensureTables(ctx context.Context) error {
	if p.pool == nil {
		return &UnavailableError{Store: "postgres", Reason: errOff}
	}
	if p.tablesExist.Load() {
		return nil
	}
	err := pgx.BeginFunc(ctx, p.pool, func(tx pgx.Tx) error {
		// CREATE TABLE IF NOT EXISTS alone may fail when two replicas run it at the same time.
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock(hashtext($1))", p.lockKey); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `CREATE TABLE IF NOT EXISTS `+p.items+` (
			id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
			name text NOT NULL,
			created_at timestamptz NOT NULL DEFAULT now()
		);
		CREATE TABLE IF NOT EXISTS `+p.events+` (
			stream text NOT NULL,
			id text NOT NULL,
			fields jsonb NOT NULL,
			created_at timestamptz NOT NULL DEFAULT now(),
			PRIMARY KEY (stream, id)
		)`)
		return err
	})
	if err != nil {
		return p.explain(err)
	}
	p.tablesExist.Store(true)
	return nil
}

// explain tells a database that is not there from a query that is wrong.
func (p *Postgres) explain(err error) error {
	var (
		connectError *pgconn.ConnectError
		serverError  *pgconn.PgError
	)
	if errors.As(err, &serverError) && !errors.As(err, &connectError) && !gone(serverError.Code) {
		return fmt.Errorf("postgres: %w", err)
	}
	p.tablesExist.Store(false) // the database that comes back may be a new one
	return &UnavailableError{Store: "postgres", Reason: err}
}

// gone knows the SQLSTATEs of a server or a table that may come back: see appendix A of the Postgres manual.
func gone(sqlState string) bool {
	const undefinedTable = "42P01"
	switch sqlState[:2] {
	case "08", "53", "57": // connection, resources, operator intervention
		return true
	default:
		return sqlState == undefinedTable
	}
}

func scanItem(row pgx.CollectableRow) (Item, error) {
	var item Item
	err := row.Scan(&item.ID, &item.Name, &item.CreatedAt)
	item.CreatedAt = item.CreatedAt.UTC()
	return item, err
}
