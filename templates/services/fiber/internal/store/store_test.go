package store

import (
	"errors"
	"log/slog"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"
)

func isUnavailable(err error) bool {
	var unavailable *UnavailableError
	return errors.As(err, &unavailable)
}

func TestOff(t *testing.T) {
	postgres, err := NewPostgres(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	redis := NewRedis(nil, "", slog.New(slog.DiscardHandler))
	if got := postgres.Status(t.Context()); got != Off {
		t.Errorf("postgres is %s", got)
	}
	if got := redis.Status(t.Context()); got != Off {
		t.Errorf("redis is %s", got)
	}
	if _, err := postgres.Items(t.Context()); !isUnavailable(err) {
		t.Errorf("got %v", err)
	}
	if _, err := redis.CountHit(t.Context()); !isUnavailable(err) {
		t.Errorf("got %v", err)
	}
}

func TestDown(t *testing.T) {
	config, err := pgxpool.ParseConfig("postgres://app@127.0.0.1:1/app")
	if err != nil {
		t.Fatal(err)
	}
	postgres, err := NewPostgres(config, "")
	if err != nil {
		t.Fatal(err)
	}
	defer postgres.Close()
	redis := NewRedis(&redis.Options{Addr: "127.0.0.1:1"}, "", slog.New(slog.DiscardHandler))
	defer redis.Close()
	if got := postgres.Status(t.Context()); got != Down {
		t.Errorf("postgres is %s", got)
	}
	if got := redis.Status(t.Context()); got != Down {
		t.Errorf("redis is %s", got)
	}
	if _, err := postgres.CreateItem(t.Context(), "x"); !isUnavailable(err) {
		t.Errorf("got %v", err)
	}
	if _, err := redis.CountHit(t.Context()); !isUnavailable(err) {
		t.Errorf("got %v", err)
	}
}

func TestExplain(t *testing.T) {
	postgres := &Postgres{}
	tests := map[string]bool{
		"57P01": true,  // the server shuts down
		"42P01": true,  // the table is gone
		"42501": false, // insufficient privilege
		"22021": false, // broken text
	}
	for sqlState, want := range tests {
		if got := isUnavailable(postgres.explain(&pgconn.PgError{Code: sqlState})); got != want {
			t.Errorf("%s: unavailable is %t, want %t", sqlState, got, want)
		}
	}
}
