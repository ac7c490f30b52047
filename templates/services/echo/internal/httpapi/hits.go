package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v5"
)

func (a *api) countHit(c *echo.Context) error {
	hits, err := a.hits.CountHit(c.Request().Context())
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, map[string]int64{"hits": hits})
}
