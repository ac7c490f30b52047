package httpapi

import (
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v3"
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

func (a *api) listItems(c fiber.Ctx) error {
	items, err := a.items.Items(c.Context())
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusOK).JSON(fiber.Map{"items": items})
}

func (a *api) createItem(c fiber.Ctx) error {
	var input newItem
	if err := bindJSON(c, &input); err != nil {
		return err
	}
	if err := input.validate(); err != nil {
		return err
	}
	item, err := a.items.CreateItem(c.Context(), input.Name)
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(item)
}
