package grpcapi

import (
	"context"
	"crypto/rand"
	"log/slog"
	"regexp"
	"strings"

	"google.golang.org/grpc"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/stats"
	"google.golang.org/grpc/status"
)

const requestIDKey = "x-request-id"

var requestIDPattern = regexp.MustCompile(`^[\w.-]{1,128}$`)

// call is what is known of a call before its service is asked.
type call struct {
	requestID string
	method    string
	logger    *slog.Logger
}

type callKey struct{}

func callOf(ctx context.Context) call { return ctx.Value(callKey{}).(call) }

// loggerOf adds the request's id to each line.
func loggerOf(ctx context.Context) *slog.Logger { return callOf(ctx).logger }

// callLog gives each call an id, and logs it. An interceptor would not see the calls that the server itself refuses,
// such as those with a message that is too large.
type callLog struct{ logger *slog.Logger }

func (l *callLog) TagRPC(ctx context.Context, info *stats.RPCTagInfo) context.Context {
	id := rand.Text()
	if sent := metadata.ValueFromIncomingContext(ctx, requestIDKey); len(sent) == 1 && requestIDPattern.MatchString(sent[0]) {
		id = sent[0]
	}
	return context.WithValue(ctx, callKey{}, call{
		requestID: id,
		method:    info.FullMethodName,
		logger:    l.logger.With("requestId", id),
	})
}

func (l *callLog) HandleRPC(ctx context.Context, event stats.RPCStats) {
	end, ok := event.(*stats.End)
	if !ok {
		return
	}
	call := callOf(ctx)
	level := slog.LevelInfo
	if strings.HasPrefix(call.method, "/"+healthpb.Health_ServiceDesc.ServiceName+"/") {
		level = slog.LevelDebug
	}
	call.logger.Log(ctx, level, "request",
		"method", call.method,
		"status", status.Code(end.Error).String(),
		"durationMs", float64(end.EndTime.Sub(end.BeginTime).Microseconds())/1000,
	)
}

func (l *callLog) TagConn(ctx context.Context, _ *stats.ConnTagInfo) context.Context { return ctx }

func (l *callLog) HandleConn(context.Context, stats.ConnStats) {}

func echoRequestID(ctx context.Context, request any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	if err := grpc.SetHeader(ctx, metadata.Pairs(requestIDKey, callOf(ctx).requestID)); err != nil {
		return nil, err
	}
	return handler(ctx, request)
}

func echoStreamRequestID(server any, stream grpc.ServerStream, _ *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
	if err := stream.SetHeader(metadata.Pairs(requestIDKey, callOf(stream.Context()).requestID)); err != nil {
		return err
	}
	return handler(server, stream)
}
