package grpcapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	reflectionpb "google.golang.org/grpc/reflection/grpc_reflection_v1"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/test/bufconn"

	hitsv1 "service/gen/hits/v1"
	itemsv1 "service/gen/items/v1"
	"service/internal/logging"
	"service/internal/store"
)

// fakeStores stands for Postgres and for Redis.
type fakeStores struct {
	status store.Status
	items  []store.Item
	hits   int64
	err    error
	panics bool
}

func (f *fakeStores) Status(context.Context) store.Status { return f.status }

func (f *fakeStores) Items(context.Context) ([]store.Item, error) { return f.items, f.err }

func (f *fakeStores) CreateItem(_ context.Context, name string) (store.Item, error) {
	if f.err != nil {
		return store.Item{}, f.err
	}
	item := store.Item{ID: int64(len(f.items) + 1), Name: name, CreatedAt: time.Now().UTC()}
	f.items = append(f.items, item)
	return item, nil
}

func (f *fakeStores) CountHit(ctx context.Context) (int64, error) {
	if f.panics {
		panic("hunter2")
	}
	if f.err != nil {
		return 0, f.err
	}
	if _, hasDeadline := ctx.Deadline(); !hasDeadline {
		return 0, errors.New("no deadline")
	}
	f.hits++
	return f.hits, nil
}

// logBuffer may be read while the server writes.
type logBuffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}

// service is a server on fake stores that keeps what it logs, and a client's connection to it.
type service struct {
	connection *grpc.ClientConn
	items      itemsv1.ItemsClient
	hits       hitsv1.HitsClient
	log        *logBuffer
	stop       func()
}

func newService(t *testing.T, stores *fakeStores) *service {
	t.Helper()
	listener := bufconn.Listen(1 << 16)
	stopping, stop := context.WithCancel(t.Context())
	log := &logBuffer{}
	server := New(stopping, logging.New(log, slog.LevelInfo, "test"), stores, stores)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	connection, err := grpc.NewClient("passthrough:///bufconn",
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }),
		grpc.WithTransportCredentials(insecure.NewCredentials()),
	)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	return &service{
		connection: connection,
		items:      itemsv1.NewItemsClient(connection),
		hits:       hitsv1.NewHitsClient(connection),
		log:        log,
		stop: func() {
			stop()
			server.GracefulStop()
		},
	}
}

func expectStatus(t *testing.T, err error, code codes.Code, message string) {
	t.Helper()
	got := status.Convert(err)
	if got.Code() != code || !strings.Contains(got.Message(), message) {
		t.Errorf("got %v, want %s: %s", err, code, message)
	}
}

func TestUnknownMethods(t *testing.T) {
	s := newService(t, &fakeStores{})
	for _, method := range []string{"/items.v1.Items/Nothing", "/nothing.v1.Here/Get"} {
		err := s.connection.Invoke(t.Context(), method, &hitsv1.HitRequest{}, &hitsv1.HitResponse{})
		expectStatus(t, err, codes.Unimplemented, "unknown method")
	}
}

func TestTooLarge(t *testing.T) {
	s := newService(t, &fakeStores{})
	_, err := s.items.CreateItem(t.Context(), &itemsv1.CreateItemRequest{Name: strings.Repeat("x", maxMessageBytes)})
	expectStatus(t, err, codes.ResourceExhausted, "larger than max")
	s.waitForLog(t, `"status":"ResourceExhausted"`)
}

func TestRequestID(t *testing.T) {
	s := newService(t, &fakeStores{})
	for _, sent := range []string{"abc-1.2_3", "", "a b", strings.Repeat("x", 129)} {
		var header metadata.MD
		ctx := metadata.AppendToOutgoingContext(t.Context(), "x-request-id", sent)
		if _, err := s.hits.Hit(ctx, &hitsv1.HitRequest{}, grpc.Header(&header)); err != nil {
			t.Fatal(err)
		}
		received := strings.Join(header.Get("x-request-id"), " and ")
		if kept := received == sent; kept != (sent == "abc-1.2_3") || received == "" {
			t.Errorf("sent %q, received %q", sent, received)
		}
	}
}

func TestRequestIDOfErrors(t *testing.T) {
	s := newService(t, &fakeStores{err: errors.New("broken")})
	var header metadata.MD
	ctx := metadata.AppendToOutgoingContext(t.Context(), "x-request-id", "abc")
	_, err := s.hits.Hit(ctx, &hitsv1.HitRequest{}, grpc.Header(&header))
	expectStatus(t, err, codes.Internal, "")
	if got := header.Get("x-request-id"); !slices.Equal(got, []string{"abc"}) {
		t.Errorf("got %v", got)
	}
}

func TestUnexpectedErrorsStayInside(t *testing.T) {
	tests := map[string]*fakeStores{
		"error": {err: errors.New("password=hunter2")},
		"panic": {panics: true},
	}
	for name, stores := range tests {
		t.Run(name, func(t *testing.T) {
			s := newService(t, stores)
			_, err := s.hits.Hit(t.Context(), &hitsv1.HitRequest{})
			expectStatus(t, err, codes.Internal, "internal error")
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("the answer holds the error: %v", err)
			}
			s.waitForLog(t, "hunter2")
		})
	}
}

func TestDeadline(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 0)
	defer cancel()
	err := explain(ctx, &store.UnavailableError{Store: "postgres", Reason: ctx.Err()})
	expectStatus(t, err, codes.DeadlineExceeded, "deadline exceeded")
}

func TestRequestLog(t *testing.T) {
	s := newService(t, &fakeStores{})
	ctx := metadata.AppendToOutgoingContext(t.Context(), "x-request-id", "abc")
	if _, err := s.items.ListItems(ctx, &itemsv1.ListItemsRequest{}); err != nil {
		t.Fatal(err)
	}
	s.waitForLog(t, "\n")
	var line map[string]any
	if err := json.Unmarshal([]byte(s.log.String()), &line); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{
		"level": "info", "service": "test", "message": "request",
		"requestId": "abc", "method": "/items.v1.Items/ListItems", "status": "OK",
	} {
		if line[key] != want {
			t.Errorf("%s: got %v, want %v", key, line[key], want)
		}
	}
	if _, ok := line["durationMs"].(float64); !ok {
		t.Errorf("durationMs is no number: %s", s.log)
	}
}

// waitForLog waits, as a call is logged after it is answered.
func (s *service) waitForLog(t *testing.T, text string) {
	t.Helper()
	for range 200 {
		if strings.Contains(s.log.String(), text) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%q was not logged: %s", text, s.log)
}

func TestReflection(t *testing.T) {
	s := newService(t, &fakeStores{})
	stream, err := reflectionpb.NewServerReflectionClient(s.connection).ServerReflectionInfo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	request := &reflectionpb.ServerReflectionRequest_ListServices{ListServices: "*"}
	if err := stream.Send(&reflectionpb.ServerReflectionRequest{MessageRequest: request}); err != nil {
		t.Fatal(err)
	}
	response, err := stream.Recv()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, service := range response.GetListServicesResponse().GetService() {
		names = append(names, service.GetName())
	}
	for _, want := range []string{"items.v1.Items", "hits.v1.Hits", "grpc.health.v1.Health"} {
		if !slices.Contains(names, want) {
			t.Errorf("%s is not among %v", want, names)
		}
	}
}
