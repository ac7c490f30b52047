package httpapi

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v5"
)

const maxNameLength = 200

type newItem struct {
	Name string `json:"name"`
}

func (n *newItem) validate() error {
	n.Name = strings.TrimSpace(n.Name)
	switch {
	case n.Name == "":
		return &inputError{"invalid_body", "name: must not be empty"}
	case utf8.RuneCountInString(n.Name) > maxNameLength:
		return &inputError{"invalid_body", "name: must have at most 200 characters"}
	case strings.ContainsRune(n.Name, 0): // which Postgres text cannot hold
		return &inputError{"invalid_body", "name: must not hold NUL"}
	}
	return nil
}

func (a *api) listItems(c *echo.Context) error {
	items, err := a.items.Items(c.Request().Context())
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, map[string]any{"items": items})
}

func (a *api) createItem(c *echo.Context) error {
	var input newItem
	if err := bindJSON(c, &input); err != nil {
		return err
	}
	if err := input.validate(); err != nil {
		return err
	}
	item, err := a.items.CreateItem(c.Request().Context(), input.Name)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, item)
}
