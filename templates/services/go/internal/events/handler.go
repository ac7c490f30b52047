// Package events reads Redis Streams and handles what arrives.
package events

import (
	"context"
	"log/slog"
)

// Event is one entry of a stream.
type Event struct {
	Stream string
	ID     string
	Fields map[string]any
}

// Handler returns nil once the event is done for good. After any error the event comes again, so a handler may see an
// event twice, and doing it again must do no harm.
type Handler func(ctx context.Context, event Event) error

// Saver is what the example handler needs of Postgres.
type Saver interface {
	Configured() bool
	SaveEvent(ctx context.Context, stream, id string, fields map[string]any) (isNew bool, err error)
}

// NewHandler returns the handler of every stream. To treat streams apart, switch on event.Stream here.
func NewHandler(logger *slog.Logger, postgres Saver) Handler {
	return func(ctx context.Context, event Event) error {
		log := logger.With("stream", event.Stream, "eventId", event.ID)
		if !postgres.Configured() {
			log.Info("event received", "fields", event.Fields)
			return nil
		}
		isNew, err := postgres.SaveEvent(ctx, event.Stream, event.ID, event.Fields)
		if err != nil {
			return err
		}
		if isNew {
			log.Info("event saved")
		} else {
			log.Info("event already known")
		}
		return nil
	}
}
