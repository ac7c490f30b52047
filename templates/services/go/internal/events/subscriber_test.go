package events

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"service/internal/store"
)

const (
	stream      = "order.created"
	group       = "orders"
	deadLetters = "dead-letters"
)

// inbox is a handler that fails for one event, as often as it is told to.
type inbox struct {
	mu       sync.Mutex
	failing  string
	failures int
	seen     map[string][]Event
}

func (i *inbox) handle(_ context.Context, event Event) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.seen == nil {
		i.seen = map[string][]Event{}
	}
	i.seen[event.ID] = append(i.seen[event.ID], event)
	if event.ID == i.failing && len(i.seen[event.ID]) <= i.failures {
		panic("broken")
	}
	return nil
}

func (i *inbox) deliveries(id string) int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return len(i.seen[id])
}

// subscribe runs a subscriber until done says so.
func subscribe(t *testing.T, client *redis.Client, handle Handler, done func() bool) {
	t.Helper()
	options := Options{Streams: []string{stream}, Group: group, Consumer: "one", DeadLetters: deadLetters}
	subscriber := NewSubscriber(client, options, handle, slog.New(slog.DiscardHandler))
	subscriber.retryAfter = time.Millisecond
	stop, cancel := context.WithCancel(t.Context())
	stopped := make(chan struct{})
	go func() { defer close(stopped); subscriber.Run(stop) }()
	for deadline := time.Now().Add(5 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("timeout")
		}
		publish(t, client, "tick") // wakes the blocked read, so that pending events are looked at
	}
	if subscriber.Status() != store.Up {
		t.Errorf("status is %s", subscriber.Status())
	}
	cancel()
	<-stopped
}

func newRedis(t *testing.T) *redis.Client {
	t.Helper()
	client := redis.NewClient(&redis.Options{Addr: miniredis.RunT(t).Addr()})
	t.Cleanup(func() { _ = client.Close() })
	return client
}

func publish(t *testing.T, client *redis.Client, order string) string {
	t.Helper()
	values := map[string]any{"order": order}
	id, err := client.XAdd(t.Context(), &redis.XAddArgs{Stream: stream, Values: values}).Result()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestHandlesAndAcknowledges(t *testing.T) {
	client, in := newRedis(t), &inbox{}
	id := publish(t, client, "1")
	subscribe(t, client, in.handle, func() bool { return in.deliveries(id) == 1 })

	if event := in.seen[id][0]; event.Stream != stream || event.Fields["order"] != "1" {
		t.Errorf("got %+v", event)
	}
	if pending := client.XPending(t.Context(), stream, group).Val(); pending.Count != 0 {
		t.Errorf("pending: %+v", pending)
	}
	if consumers := client.XInfoConsumers(t.Context(), stream, group).Val(); len(consumers) != 0 {
		t.Errorf("consumers: %+v", consumers)
	}
}

func TestAFailedEventComesAgain(t *testing.T) {
	client := newRedis(t)
	id := publish(t, client, "1")
	in := &inbox{failing: id, failures: 1}
	subscribe(t, client, in.handle, func() bool { return in.deliveries(id) == 2 })
	if pending := client.XPending(t.Context(), stream, group).Val(); pending.Count != 0 {
		t.Errorf("pending: %+v", pending)
	}
}

func TestAnEventThatNeverSucceedsIsSetAside(t *testing.T) {
	client := newRedis(t)
	id := publish(t, client, "1")
	in := &inbox{failing: id, failures: 100}
	subscribe(t, client, in.handle, func() bool { return client.XLen(t.Context(), deadLetters).Val() == 1 })
	letter := client.XRange(t.Context(), deadLetters, "-", "+").Val()[0].Values
	if letter["order"] != "1" || letter["_stream"] != stream || letter["_id"] != id {
		t.Errorf("got %v", letter)
	}
	if got := in.deliveries(id); got != maxDeliveries {
		t.Errorf("delivered %d times", got)
	}
}

func TestDownWithoutRedis(t *testing.T) {
	subscriber := NewSubscriber(nil, Options{}, nil, slog.New(slog.DiscardHandler))
	subscriber.Run(t.Context())
	if subscriber.Status() != store.Down {
		t.Errorf("status is %s", subscriber.Status())
	}
}
