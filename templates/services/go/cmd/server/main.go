// Command server runs the service. With -healthcheck it asks the running one for its health instead.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"service/internal/config"
	"service/internal/events"
	"service/internal/httpapi"
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

	checks := map[string]httpapi.Check{}
	subscription := startSubscriber(ctx, cfg, logger, postgres, redis, checks)
	server := &http.Server{
		Handler:           httpapi.New(cfg, logger, postgres, redis, checks),
		ErrorLog:          slog.NewLogLogger(logger.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       60 * time.Second,
		IdleTimeout:       75 * time.Second, // longer than the proxy's, so that it never reuses a closed connection
	}
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
	deadline, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(deadline); errors.Is(err, context.DeadlineExceeded) {
		logger.Warn("requests were cut off")
		return server.Close()
	} else if err != nil {
		return err
	}
	select {
	case <-subscription:
	case <-deadline.Done():
		logger.Warn("events were cut off: another replica, or the next start, handles them again")
	}
	return nil
}

// startSubscriber returns a channel that is closed once the last event is handled.
func startSubscriber(
	ctx context.Context, cfg config.Config, logger *slog.Logger,
	postgres *store.Postgres, redis *store.Redis, checks map[string]httpapi.Check,
) <-chan struct{} {
	done := make(chan struct{})
	if len(cfg.SubscribeTo) == 0 {
		close(done)
		return done
	}
	hostname, _ := os.Hostname()
	subscriber := events.NewSubscriber(redis.Client(), events.Options{
		Streams:     cfg.SubscribeTo,
		Group:       cfg.ServiceName,
		Consumer:    fmt.Sprintf("%s-%d", hostname, os.Getpid()),
		DeadLetters: cfg.RedisPrefix + "dead-letters",
	}, events.NewHandler(logger, postgres), logger)
	checks["subscriber"] = subscriber.Status
	go func() {
		defer close(done)
		subscriber.Run(ctx)
	}()
	return done
}
