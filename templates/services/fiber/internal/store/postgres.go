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

// Postgres keeps items.
type Postgres struct {
	pool        *pgxpool.Pool
	lockKey     string
	table       string
	tableExists atomic.Bool
}

// NewPostgres does not connect. Without a configuration the store is off.
func NewPostgres(config *pgxpool.Config, tablePrefix string) (*Postgres, error) {
	table := tablePrefix + "items"
	postgres := &Postgres{lockKey: table, table: pgx.Identifier{table}.Sanitize()}
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
	if err := p.ensureTable(ctx); err != nil {
		return nil, err
	}
	query := "SELECT id, name, created_at FROM " + p.table + " ORDER BY id DESC LIMIT $1"
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
	if err := p.ensureTable(ctx); err != nil {
		return Item{}, err
	}
	query := "INSERT INTO " + p.table + " (name) VALUES ($1) RETURNING id, name, created_at"
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

func (p *Postgres) ensureTable(ctx context.Context) error {
	if p.pool == nil {
		return &UnavailableError{Store: "postgres", Reason: errOff}
	}
	if p.tableExists.Load() {
		return nil
	}
	err := pgx.BeginFunc(ctx, p.pool, func(tx pgx.Tx) error {
		// CREATE TABLE IF NOT EXISTS alone may fail when two replicas run it at the same time.
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock(hashtext($1))", p.lockKey); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `CREATE TABLE IF NOT EXISTS `+p.table+` (
			id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
			name text NOT NULL,
			created_at timestamptz NOT NULL DEFAULT now()
		)`)
		return err
	})
	if err != nil {
		return p.explain(err)
	}
	p.tableExists.Store(true)
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
	p.tableExists.Store(false) // the database that comes back may be a new one
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
