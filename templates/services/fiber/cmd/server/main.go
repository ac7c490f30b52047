// Command server runs the service. With -healthcheck it asks the running one for its health instead.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/gofiber/fiber/v3"

	"service/internal/config"
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

	app := httpapi.New(cfg, logger, postgres, redis)
	listener, err := net.Listen("tcp", fmt.Sprintf(":%d", cfg.Port))
	if err != nil {
		return err
	}
	logger.Info("listening", "port", cfg.Port)

	served := make(chan error, 1)
	go func() { served <- app.Listener(listener, fiber.ListenConfig{DisableStartupMessage: true}) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}

	logger.Info("shutting down")
	stop() // a second signal ends the process at once
	deadline, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if err := app.ShutdownWithContext(deadline); errors.Is(err, context.DeadlineExceeded) {
		logger.Warn("requests were cut off")
	} else if err != nil {
		return err
	}
	return nil
}
