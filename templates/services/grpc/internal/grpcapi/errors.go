package grpcapi

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"service/internal/store"
)

func explainErrors(ctx context.Context, request any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	response, err := handler(ctx, request)
	return response, explain(ctx, err)
}

func explainStreamErrors(server any, stream grpc.ServerStream, _ *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
	return explain(stream.Context(), handler(server, stream))
}

// explain returns what clients may know about an error, and logs the rest. A status is for clients already.
func explain(ctx context.Context, err error) error {
	var unavailable *store.UnavailableError
	switch _, isStatus := status.FromError(err); {
	case isStatus: // nil is one, too
		return err
	case errors.Is(ctx.Err(), context.Canceled):
		return status.Error(codes.Canceled, "canceled")
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return status.Error(codes.DeadlineExceeded, "deadline exceeded")
	case errors.As(err, &unavailable):
		loggerOf(ctx).Warn("store unavailable", "store", unavailable.Store, "reason", unavailable.Reason)
		return status.Error(codes.Unavailable, unavailable.Store+" is not available")
	default:
		loggerOf(ctx).Error("unhandled error", "error", err)
		return status.Error(codes.Internal, "internal error")
	}
}

func recoverPanics(
	ctx context.Context, request any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler,
) (response any, err error) {
	defer catchPanic(&err)
	return handler(ctx, request)
}

func recoverStreamPanics(
	server any, stream grpc.ServerStream, _ *grpc.StreamServerInfo, handler grpc.StreamHandler,
) (err error) {
	defer catchPanic(&err)
	return handler(server, stream)
}

func catchPanic(err *error) {
	if reason := recover(); reason != nil {
		*err = fmt.Errorf("panic: %v\n%s", reason, debug.Stack())
	}
}
