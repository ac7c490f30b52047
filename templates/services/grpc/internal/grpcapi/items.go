package grpcapi

import (
	"context"
	"strings"
	"unicode/utf8"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/timestamppb"

	itemsv1 "service/gen/items/v1"
	"service/internal/store"
)

const maxNameLength = 200

type itemsServer struct {
	itemsv1.UnimplementedItemsServer
	items Items
}

func (s *itemsServer) CreateItem(
	ctx context.Context, request *itemsv1.CreateItemRequest,
) (*itemsv1.CreateItemResponse, error) {
	name := strings.TrimSpace(request.GetName())
	if err := validateName(name); err != nil {
		return nil, err
	}
	item, err := s.items.CreateItem(ctx, name)
	if err != nil {
		return nil, err
	}
	return &itemsv1.CreateItemResponse{Item: toMessage(item)}, nil
}

func (s *itemsServer) ListItems(
	ctx context.Context, _ *itemsv1.ListItemsRequest,
) (*itemsv1.ListItemsResponse, error) {
	items, err := s.items.Items(ctx)
	if err != nil {
		return nil, err
	}
	response := &itemsv1.ListItemsResponse{}
	for _, item := range items {
		response.Items = append(response.Items, toMessage(item))
	}
	return response, nil
}

func validateName(name string) error {
	switch {
	case name == "":
		return status.Error(codes.InvalidArgument, "name: must not be empty")
	case utf8.RuneCountInString(name) > maxNameLength:
		return status.Error(codes.InvalidArgument, "name: must have at most 200 characters")
	case strings.ContainsRune(name, 0): // which Postgres text cannot hold
		return status.Error(codes.InvalidArgument, "name: must not hold NUL")
	}
	return nil
}

func toMessage(item store.Item) *itemsv1.Item {
	return &itemsv1.Item{Id: item.ID, Name: item.Name, CreatedAt: timestamppb.New(item.CreatedAt)}
}
