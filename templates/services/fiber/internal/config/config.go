// Package config reads every setting of the service from the environment, once, at start.
package config

import (
	"cmp"
	"fmt"
	"log/slog"
	"regexp"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"
)

// Config is the validated configuration. Postgres and Redis are nil when they are not configured.
type Config struct {
	Port            int
	ServiceName     string
	LogLevel        slog.Level
	HealthcheckPath string
	Postgres        *pgxpool.Config
	TablePrefix     string
	Redis           *redis.Options
	RedisPrefix     string
}

var (
	pathPattern       = regexp.MustCompile(`^/[A-Za-z0-9._~/-]*$`)
	identifierPattern = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
)

// Load takes os.Getenv. Its errors never hold a rejected value, which may be a secret.
func Load(getenv func(string) string) (Config, error) {
	port, err := parsePort(cmp.Or(getenv("PORT"), getenv("SERVICE_PORT"), "8000"))
	if err != nil {
		return Config{}, err
	}
	level, err := parseLevel(cmp.Or(getenv("LOG_LEVEL"), "info"))
	if err != nil {
		return Config{}, err
	}
	config := Config{
		Port:            port,
		ServiceName:     cmp.Or(getenv("SERVICE_NAME"), "service"),
		LogLevel:        level,
		HealthcheckPath: cmp.Or(getenv("HEALTHCHECK_PATH"), "/health"),
		TablePrefix:     getenv("TABLE_PREFIX"),
		RedisPrefix:     getenv("REDIS_PREFIX"),
	}
	if !pathPattern.MatchString(config.HealthcheckPath) {
		return Config{}, fmt.Errorf("HEALTHCHECK_PATH is not a path such as /health")
	}
	if config.TablePrefix != "" && !identifierPattern.MatchString(config.TablePrefix) {
		return Config{}, fmt.Errorf("TABLE_PREFIX may hold letters, digits and underscores, and starts with no digit")
	}
	if url := getenv("DATABASE_URL"); url != "" {
		if config.Postgres, err = pgxpool.ParseConfig(url); err != nil {
			return Config{}, fmt.Errorf("DATABASE_URL is not a Postgres URL")
		}
	}
	if url := getenv("REDIS_URL"); url != "" {
		if config.Redis, err = redis.ParseURL(url); err != nil {
			return Config{}, fmt.Errorf("REDIS_URL is not a Redis URL")
		}
	}
	return config, nil
}

func parsePort(value string) (int, error) {
	port, err := strconv.Atoi(value)
	if err != nil || port < 1 || port > 65535 {
		return 0, fmt.Errorf("PORT is not a number from 1 to 65535")
	}
	return port, nil
}

func parseLevel(value string) (slog.Level, error) {
	switch strings.ToLower(value) {
	case "debug":
		return slog.LevelDebug, nil
	case "info":
		return slog.LevelInfo, nil
	case "warn", "warning":
		return slog.LevelWarn, nil
	case "error":
		return slog.LevelError, nil
	default:
		return 0, fmt.Errorf("LOG_LEVEL is none of debug, info, warn, error")
	}
}
