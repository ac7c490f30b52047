package grpcapi

import (
	"errors"
	"testing"

	"google.golang.org/grpc/codes"

	hitsv1 "service/gen/hits/v1"
	"service/internal/store"
)

func TestCountHits(t *testing.T) {
	s := newService(t, &fakeStores{})
	for want := range int64(3) {
		response, err := s.hits.Hit(t.Context(), &hitsv1.HitRequest{})
		if err != nil {
			t.Fatal(err)
		}
		if response.GetHits() != want+1 {
			t.Errorf("got %v, want %d", response, want+1)
		}
	}
}

func TestHitsWithoutRedis(t *testing.T) {
	s := newService(t, &fakeStores{err: &store.UnavailableError{Store: "redis", Reason: errors.New("down")}})
	_, err := s.hits.Hit(t.Context(), &hitsv1.HitRequest{})
	expectStatus(t, err, codes.Unavailable, "redis is not available")
}
