// Package store holds what the service keeps in Postgres and Redis. Both connect when they are first used,
// so the service starts without them and recovers when they come back.
package store

import (
	"errors"
	"time"
)

// timeout of one operation, connecting included.
const timeout = 3 * time.Second

// Status of a store. Off means that it is not configured.
type Status string

const (
	Up   Status = "up"
	Down Status = "down"
	Off  Status = "off"
)

var errOff = errors.New("not configured")

// UnavailableError says that a store is switched off or does not answer.
type UnavailableError struct {
	Store  string
	Reason error
}

func (e *UnavailableError) Error() string { return e.Store + ": " + e.Reason.Error() }

func (e *UnavailableError) Unwrap() error { return e.Reason }
