package store

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/redis/go-redis/v9"
)

// Redis counts hits.
type Redis struct {
	client  *redis.Client
	hitsKey string
}

// NewRedis does not connect. Without options the store is off.
func NewRedis(options *redis.Options, keyPrefix string, logger *slog.Logger) *Redis {
	store := &Redis{hitsKey: keyPrefix + "hits"}
	if options == nil {
		return store
	}
	redis.SetLogger(redisLogger{logger})
	options.ContextTimeoutEnabled = true
	options.MaxRetries = -1 // a command whose answer got lost must not count twice
	store.client = redis.NewClient(options)
	return store
}

// Close drops the connections.
func (r *Redis) Close() error {
	if r.client == nil {
		return nil
	}
	return r.client.Close()
}

// Status asks Redis.
func (r *Redis) Status(ctx context.Context) Status {
	if r.client == nil {
		return Off
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if r.client.Ping(ctx).Err() != nil {
		return Down
	}
	return Up
}

// CountHit returns the number of hits, this one included.
func (r *Redis) CountHit(ctx context.Context) (int64, error) {
	if r.client == nil {
		return 0, &UnavailableError{Store: "redis", Reason: errOff}
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	hits, err := r.client.Incr(ctx, r.hitsKey).Result()
	if err != nil {
		return 0, &UnavailableError{Store: "redis", Reason: err}
	}
	return hits, nil
}

// redisLogger keeps what the client logs in our format.
type redisLogger struct{ logger *slog.Logger }

func (l redisLogger) Printf(ctx context.Context, format string, args ...any) {
	l.logger.WarnContext(ctx, fmt.Sprintf(format, args...), "logger", "redis")
}
