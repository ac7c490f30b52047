package httpapi

import (
	"net/http"
	"strings"
	"unicode/utf8"
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

func (a *api) listItems(w http.ResponseWriter, r *http.Request) error {
	items, err := a.items.Items(r.Context())
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, map[string]any{"items": items})
}

func (a *api) createItem(w http.ResponseWriter, r *http.Request) error {
	var input newItem
	if err := readJSON(r, &input); err != nil {
		return err
	}
	if err := input.validate(); err != nil {
		return err
	}
	item, err := a.items.CreateItem(r.Context(), input.Name)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusCreated, item)
}
