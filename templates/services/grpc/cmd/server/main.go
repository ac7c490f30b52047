// Command server runs the service. With -healthcheck it asks the running one for its health instead.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/grpclog"

	"service/internal/config"
	"service/internal/grpcapi"
	"service/internal/logging"
	"service/internal/store"
)

const shutdownTimeout = 10 * time.Second

func main() {
	healthcheck := flag.Bool("healthcheck", false, "exit 0 if the running service is healthy, else 1")
	flag.Parse()

	cfg, err := config.Load(os.Getenv)
	if err != nil {
		logging.New(os.Stdout, slog.LevelInfo, "service").Error("invalid configuration: " + err.Error())
		os.Exit(1)
	}
	if *healthcheck {
		if err := checkHealth(cfg); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	logger := logging.New(os.Stdout, cfg.LogLevel, cfg.ServiceName)
	// What gRPC itself logs, which is little at this level, goes to our log.
	grpclog.SetLoggerV2(grpclog.NewLoggerV2(io.Discard, io.Discard, logging.Writer(logger)))
	if err := run(cfg, logger); err != nil {
		logger.Error("stopped", "error", err)
		os.Exit(1)
	}
}

func run(cfg config.Config, logger *slog.Logger) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()

	postgres, err := store.NewPostgres(cfg.Postgres, cfg.TablePrefix)
	if err != nil {
		return err
	}
	defer postgres.Close()
	redis := store.NewRedis(cfg.Redis, cfg.RedisPrefix, logger)
	defer redis.Close()

	server := grpcapi.New(ctx, logger, postgres, redis)
	listener, err := net.Listen("tcp", fmt.Sprintf(":%d", cfg.Port))
	if err != nil {
		return err
	}
	logger.Info("listening", "port", cfg.Port)

	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}

	logger.Info("shutting down")
	stop() // a second signal ends the process at once
	if !stopGracefully(server) {
		logger.Warn("calls were cut off")
	}
	return nil
}

// stopGracefully lets running calls end. It tells whether they did in time.
func stopGracefully(server *grpc.Server) bool {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		server.GracefulStop()
	}()
	select {
	case <-ended:
		return true
	case <-time.After(shutdownTimeout):
		server.Stop()
		return false
	}
}
