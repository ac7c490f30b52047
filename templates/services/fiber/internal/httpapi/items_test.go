package httpapi

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"service/internal/config"
	"service/internal/store"
)

func TestCreateAndList(t *testing.T) {
	s := newService(t, config.Config{})
	response := s.send("POST", "/items", `{"name": "first"}`)
	created := decode[store.Item](t, response.Body.Bytes())
	if response.Code != 201 || created.ID != 1 || created.Name != "first" {
		t.Fatalf("got %d %+v", response.Code, created)
	}
	listed := decode[struct{ Items []store.Item }](t, s.send("GET", "/items", "").Body.Bytes())
	if len(listed.Items) != 1 || listed.Items[0] != created {
		t.Errorf("got %+v, want %+v", listed.Items, created)
	}
}

func TestInvalidBodies(t *testing.T) {
	s := newService(t, config.Config{})
	for _, body := range []string{
		``,
		`null`,
		`[]`,
		`{`,
		`{"name": "x"} trailing`,
		"{\"name\": \"\xff\"}",
		`{"name": "\u0000"}`,
		`{"name": ""}`,
		`{"name": " "}`,
		`{"name": null}`,
		`{"name": 7}`,
		fmt.Sprintf(`{"name": %q}`, strings.Repeat("x", 201)),
		`{}`,
		strings.Repeat("[", 100_000),
	} {
		response := s.send("POST", "/items", body)
		if response.Code != 400 || !strings.Contains(response.Body.String(), `"message"`) {
			t.Errorf("%.40s: got %d %s", body, response.Code, response.Body)
		}
	}
}

func TestLongestName(t *testing.T) {
	body := fmt.Sprintf(`{"name": %q}`, strings.Repeat("ß", 200))
	if response := newService(t, config.Config{}).send("POST", "/items", body); response.Code != 201 {
		t.Errorf("got %d %s", response.Code, response.Body)
	}
}

func TestItemsWithoutADatabase(t *testing.T) {
	s := newService(t, config.Config{})
	s.stores.err = &store.UnavailableError{Store: "postgres", Reason: errors.New("down")}
	expectError(t, s.send("GET", "/items", ""), 503, "store_unavailable")
	expectError(t, s.send("POST", "/items", `{"name": "x"}`), 503, "store_unavailable")
}
