package config

import (
	"log/slog"
	"strings"
	"testing"
)

func load(environment map[string]string) (Config, error) {
	return Load(func(name string) string { return environment[name] })
}

func TestDefaults(t *testing.T) {
	config, err := load(nil)
	if err != nil {
		t.Fatal(err)
	}
	if config.Port != 8000 || config.LogLevel != slog.LevelInfo {
		t.Errorf("unexpected defaults: %+v", config)
	}
	if config.Postgres != nil || config.Redis != nil {
		t.Error("stores are configured without a URL")
	}
}

func TestPort(t *testing.T) {
	tests := []struct {
		environment map[string]string
		want        int
	}{
		{map[string]string{"PORT": "9001", "SERVICE_PORT": "9002"}, 9001},
		{map[string]string{"SERVICE_PORT": "9002"}, 9002},
		{map[string]string{"PORT": "", "SERVICE_PORT": "9002"}, 9002},
	}
	for _, test := range tests {
		config, err := load(test.environment)
		if err != nil || config.Port != test.want {
			t.Errorf("%v: got %d, %v, want %d", test.environment, config.Port, err, test.want)
		}
	}
}

func TestRedisDatabase(t *testing.T) {
	config, err := load(map[string]string{"REDIS_URL": "redis://:pw@redis:6379/2"})
	if err != nil {
		t.Fatal(err)
	}
	if config.Redis.DB != 2 {
		t.Errorf("got database %d, want 2", config.Redis.DB)
	}
}

func TestWrongValues(t *testing.T) {
	tests := map[string][]string{
		"PORT":         {"http", "0", "65536"},
		"LOG_LEVEL":    {"loud"},
		"TABLE_PREFIX": {`x"; drop table y; --`, "1_"},
		"DATABASE_URL": {"postgres://app:hunter2@postgres:port/app"},
		"REDIS_URL":    {"http://hunter2"},
	}
	for name, values := range tests {
		for _, value := range values {
			_, err := load(map[string]string{name: value})
			if err == nil {
				t.Errorf("%s=%s was accepted", name, value)
				continue
			}
			if !strings.Contains(err.Error(), name) {
				t.Errorf("%s=%s: the error does not name the setting: %v", name, value, err)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("%s: the error holds the value: %v", name, err)
			}
		}
	}
}
