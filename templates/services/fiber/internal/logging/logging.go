// Package logging sets up log/slog: one JSON object per line.
package logging

import (
	"io"
	"log/slog"
	"strings"
)

// New returns a logger whose lines hold time, level, message and service, then the attributes.
func New(w io.Writer, level slog.Level, service string) *slog.Logger {
	handler := slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: replace})
	return slog.New(handler).With("service", service)
}

func replace(groups []string, attr slog.Attr) slog.Attr {
	if len(groups) > 0 {
		return attr
	}
	switch attr.Key {
	case slog.TimeKey:
		attr.Value = slog.TimeValue(attr.Value.Time().UTC())
	case slog.LevelKey:
		attr.Value = slog.StringValue(strings.ToLower(attr.Value.String()))
	case slog.MessageKey:
		attr.Key = "message"
	}
	return attr
}
