package main

import (
	"fmt"
	"net/http"
	"time"

	"service/internal/config"
)

// checkHealth is the container's health probe: the image needs no curl.
func checkHealth(cfg config.Config) error {
	client := http.Client{Timeout: 2 * time.Second}
	response, err := client.Get(fmt.Sprintf("http://127.0.0.1:%d%s", cfg.Port, cfg.HealthcheckPath))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the service answers %s", response.Status)
	}
	return nil
}
