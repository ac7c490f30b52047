package httpapi

import (
	"errors"
	"testing"

	"service/internal/config"
	"service/internal/store"
)

func TestCountHits(t *testing.T) {
	s := newService(t, config.Config{})
	for want := range int64(3) {
		body := decode[map[string]int64](t, s.send("POST", "/hits", "").Body.Bytes())
		if body["hits"] != want+1 {
			t.Errorf("got %v, want %d", body, want+1)
		}
	}
}

func TestHitsWithoutRedis(t *testing.T) {
	s := newService(t, config.Config{})
	s.stores.err = &store.UnavailableError{Store: "redis", Reason: errors.New("down")}
	expectError(t, s.send("POST", "/hits", ""), 503, "store_unavailable")
}
