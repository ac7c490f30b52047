package events

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"service/internal/store"
)

const (
	batchSize      = 10
	blockTime      = 2 * time.Second
	handlerTimeout = 30 * time.Second
	reconnectAfter = 2 * time.Second
	// retryAfter is longer than a handler may run: what is pending for so long has failed, or its consumer is gone.
	retryAfter    = 60 * time.Second
	maxDeliveries = 5
)

// Options of a Subscriber.
type Options struct {
	Streams     []string
	Group       string // replicas share it, so that each event reaches one of them
	Consumer    string // differs between replicas
	DeadLetters string // the stream for events that nothing can handle
}

// Subscriber reads streams as a consumer group: an event whose handler fails or crashes comes again.
type Subscriber struct {
	client     *redis.Client
	options    Options
	handle     Handler
	logger     *slog.Logger
	up         atomic.Bool
	retryAfter time.Duration
	nextRetry  time.Time
}

// NewSubscriber does not connect. Without a client the subscriber stays down.
func NewSubscriber(client *redis.Client, options Options, handle Handler, logger *slog.Logger) *Subscriber {
	return &Subscriber{client: client, options: options, handle: handle, logger: logger, retryAfter: retryAfter}
}

// Status is Down while no events can arrive.
func (s *Subscriber) Status() store.Status {
	if s.up.Load() {
		return store.Up
	}
	return store.Down
}

// Run reads until stop is done, then returns once the events in hand are handled.
func (s *Subscriber) Run(stop context.Context) {
	if s.client == nil {
		s.logger.Error("SUBSCRIBE_TO is set, but REDIS_URL is not")
		return
	}
	work := context.WithoutCancel(stop)
	for stop.Err() == nil {
		if err := s.consume(stop, work); err != nil {
			s.up.Store(false)
			s.logger.Warn("redis unavailable", "reason", err)
			select {
			case <-stop.Done():
			case <-time.After(reconnectAfter):
			}
		}
	}
	if err := s.leaveGroups(work); err != nil {
		s.logger.Warn("could not leave the groups", "reason", err)
	}
}

func (s *Subscriber) consume(stop, work context.Context) error {
	if err := s.createGroups(work); err != nil {
		return err
	}
	s.up.Store(true)
	s.logger.Info("consuming", "streams", s.options.Streams, "group", s.options.Group)
	for stop.Err() == nil {
		if err := s.retryPending(work); err != nil {
			return err
		}
		if err := s.readNew(work); err != nil {
			return err
		}
	}
	return nil
}

func (s *Subscriber) createGroups(ctx context.Context) error {
	for _, stream := range s.options.Streams {
		// From the start of the stream: what was published before the first deployment counts.
		err := s.client.XGroupCreateMkStream(ctx, stream, s.options.Group, "0").Err()
		if err != nil && !strings.HasPrefix(err.Error(), "BUSYGROUP") {
			return err
		}
	}
	return nil
}

func (s *Subscriber) readNew(ctx context.Context) error {
	streams := append([]string{}, s.options.Streams...)
	for range s.options.Streams {
		streams = append(streams, ">")
	}
	result, err := s.client.XReadGroup(ctx, &redis.XReadGroupArgs{
		Group: s.options.Group, Consumer: s.options.Consumer, Streams: streams, Count: batchSize, Block: blockTime,
	}).Result()
	if errors.Is(err, redis.Nil) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, stream := range result {
		if err := s.handleAll(ctx, stream.Stream, stream.Messages); err != nil {
			return err
		}
	}
	return nil
}

func (s *Subscriber) retryPending(ctx context.Context) error {
	if time.Now().Before(s.nextRetry) {
		return nil
	}
	for _, stream := range s.options.Streams {
		pending, err := s.client.XPendingExt(ctx, &redis.XPendingExtArgs{
			Stream: stream, Group: s.options.Group, Idle: s.retryAfter, Start: "-", End: "+", Count: batchSize,
		}).Result()
		if err != nil {
			return err
		}
		var again, hopeless []string
		for _, entry := range pending {
			if entry.RetryCount >= maxDeliveries {
				hopeless = append(hopeless, entry.ID)
			} else {
				again = append(again, entry.ID)
			}
		}
		if err := s.claim(ctx, stream, again, s.handleAll); err != nil {
			return err
		}
		if err := s.claim(ctx, stream, hopeless, s.bury); err != nil {
			return err
		}
	}
	s.nextRetry = time.Now().Add(s.retryAfter / 2)
	return nil
}

// claim takes over those events that no other replica has taken over in the meantime.
func (s *Subscriber) claim(
	ctx context.Context, stream string, ids []string, then func(context.Context, string, []redis.XMessage) error,
) error {
	if len(ids) == 0 {
		return nil
	}
	messages, err := s.client.XClaim(ctx, &redis.XClaimArgs{
		Stream: stream, Group: s.options.Group, Consumer: s.options.Consumer, MinIdle: s.retryAfter, Messages: ids,
	}).Result()
	if err != nil {
		return err
	}
	return then(ctx, stream, messages)
}

func (s *Subscriber) handleAll(ctx context.Context, stream string, messages []redis.XMessage) error {
	var (
		handling sync.WaitGroup
		lock     sync.Mutex
		done     []string
	)
	for _, message := range messages {
		handling.Go(func() {
			event := Event{Stream: stream, ID: message.ID, Fields: message.Values}
			if err := s.handleOne(ctx, event); err != nil {
				s.logger.Error("event failed", "stream", stream, "eventId", message.ID, "error", err)
				return // it stays pending
			}
			lock.Lock()
			defer lock.Unlock()
			done = append(done, message.ID)
		})
	}
	handling.Wait()
	if len(done) == 0 {
		return nil
	}
	return s.client.XAck(ctx, stream, s.options.Group, done...).Err()
}

func (s *Subscriber) handleOne(ctx context.Context, event Event) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("panic: %v\n%s", reason, debug.Stack())
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, handlerTimeout)
	defer cancel()
	return s.handle(ctx, event)
}

// bury sets events aside for somebody to look at.
func (s *Subscriber) bury(ctx context.Context, stream string, messages []redis.XMessage) error {
	for _, message := range messages {
		s.logger.Error("event given up", "stream", stream, "eventId", message.ID, "deadLetters", s.options.DeadLetters)
		letter := map[string]any{"_stream": stream, "_id": message.ID}
		maps.Copy(letter, message.Values)
		_, err := s.client.TxPipelined(ctx, func(pipe redis.Pipeliner) error {
			pipe.XAdd(ctx, &redis.XAddArgs{Stream: s.options.DeadLetters, Values: letter})
			pipe.XAck(ctx, stream, s.options.Group, message.ID)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// leaveGroups: each container has a name of its own, and without this, groups would fill with consumers that are gone.
func (s *Subscriber) leaveGroups(ctx context.Context) error {
	for _, stream := range s.options.Streams {
		mine, err := s.client.XPendingExt(ctx, &redis.XPendingExtArgs{
			Stream: stream, Group: s.options.Group, Start: "-", End: "+", Count: 1, Consumer: s.options.Consumer,
		}).Result()
		if err != nil {
			return err
		}
		if len(mine) > 0 {
			continue // the group would forget these with their consumer
		}
		if err := s.client.XGroupDelConsumer(ctx, stream, s.options.Group, s.options.Consumer).Err(); err != nil {
			return err
		}
	}
	return nil
}
