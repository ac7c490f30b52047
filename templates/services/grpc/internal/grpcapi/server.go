// Package grpcapi serves the gRPC interface.
package grpcapi

import (
	"context"
	"log/slog"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/reflection"
	"google.golang.org/grpc/status"

	hitsv1 "service/gen/hits/v1"
	itemsv1 "service/gen/items/v1"
	"service/internal/store"
)

const (
	maxMessageBytes  = 1 << 20
	maxMetadataBytes = 32 << 10
	maxStreams       = 100 // of one connection at a time
	maxCallDuration  = 30 * time.Second
	handshakeTimeout = 5 * time.Second // shutdown waits for it
)

// Items is what the calls need of Postgres.
type Items interface {
	Status(ctx context.Context) store.Status
	Items(ctx context.Context) ([]store.Item, error)
	CreateItem(ctx context.Context, name string) (store.Item, error)
}

// Hits is what the calls need of Redis.
type Hits interface {
	Status(ctx context.Context) store.Status
	CountHit(ctx context.Context) (int64, error)
}

// New returns a server of every service. Once ctx is done, it says that it is not healthy any more.
func New(ctx context.Context, logger *slog.Logger, items Items, hits Hits) *grpc.Server {
	server := grpc.NewServer(
		grpc.MaxRecvMsgSize(maxMessageBytes),
		grpc.MaxHeaderListSize(maxMetadataBytes),
		grpc.MaxConcurrentStreams(maxStreams),
		grpc.ConnectionTimeout(handshakeTimeout),
		grpc.KeepaliveParams(keepalive.ServerParameters{
			MaxConnectionIdle: 15 * time.Minute, // longer than the proxy's, so that it never reuses a closed connection
			MaxConnectionAge:  time.Hour,        // so that clients find new replicas
			Time:              time.Minute,      // finds clients that are gone
			Timeout:           20 * time.Second,
		}),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{
			MinTime:             10 * time.Second,
			PermitWithoutStream: true,
		}),
		grpc.StatsHandler(&callLog{logger}),
		grpc.ChainUnaryInterceptor(echoRequestID, limitDuration, explainErrors, recoverPanics),
		grpc.ChainStreamInterceptor(echoStreamRequestID, explainStreamErrors, recoverStreamPanics, endWatches(ctx)),
		grpc.UnknownServiceHandler(func(any, grpc.ServerStream) error {
			return status.Error(codes.Unimplemented, "unknown method")
		}),
	)
	itemsv1.RegisterItemsServer(server, &itemsServer{items: items})
	hitsv1.RegisterHitsServer(server, &hitsServer{hits: hits})
	healthpb.RegisterHealthServer(server, watchHealth(ctx, map[string]dependency{
		itemsv1.Items_ServiceDesc.ServiceName: items,
		hitsv1.Hits_ServiceDesc.ServiceName:   hits,
	}))
	reflection.RegisterV1(server)
	return server
}
