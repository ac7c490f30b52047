package grpcapi

import (
	"errors"
	"strings"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"

	itemsv1 "service/gen/items/v1"
	"service/internal/store"
)

func TestCreateAndList(t *testing.T) {
	s := newService(t, &fakeStores{})
	created, err := s.items.CreateItem(t.Context(), &itemsv1.CreateItemRequest{Name: " first "})
	if err != nil {
		t.Fatal(err)
	}
	if item := created.GetItem(); item.GetId() != 1 || item.GetName() != "first" || !item.GetCreatedAt().IsValid() {
		t.Errorf("got %v", item)
	}
	listed, err := s.items.ListItems(t.Context(), &itemsv1.ListItemsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if len(listed.GetItems()) != 1 || !proto.Equal(listed.GetItems()[0], created.GetItem()) {
		t.Errorf("got %v, want %v", listed.GetItems(), created.GetItem())
	}
}

func TestInvalidNames(t *testing.T) {
	s := newService(t, &fakeStores{})
	for _, name := range []string{"", " ", "\x00", strings.Repeat("x", 201)} {
		_, err := s.items.CreateItem(t.Context(), &itemsv1.CreateItemRequest{Name: name})
		expectStatus(t, err, codes.InvalidArgument, "name: ")
	}
}

func TestLongestName(t *testing.T) {
	s := newService(t, &fakeStores{})
	name := strings.Repeat("ß", 200)
	if _, err := s.items.CreateItem(t.Context(), &itemsv1.CreateItemRequest{Name: name}); err != nil {
		t.Error(err)
	}
}

func TestItemsWithoutADatabase(t *testing.T) {
	s := newService(t, &fakeStores{err: &store.UnavailableError{Store: "postgres", Reason: errors.New("down")}})
	_, err := s.items.ListItems(t.Context(), &itemsv1.ListItemsRequest{})
	expectStatus(t, err, codes.Unavailable, "postgres is not available")
	_, err = s.items.CreateItem(t.Context(), &itemsv1.CreateItemRequest{Name: "x"})
	expectStatus(t, err, codes.Unavailable, "postgres is not available")
}
