package httpapi

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"unicode/utf8"
)

// handlerFunc is a handler whose errors are answered by fail.
type handlerFunc func(w http.ResponseWriter, r *http.Request) error

func (h handlerFunc) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := h(w, r); err != nil {
		fail(w, r, err)
	}
}

func writeJSON(w http.ResponseWriter, status int, body any) error {
	content, err := json.Marshal(body)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(content) // fails when the client is gone
	return nil
}

// readJSON refuses text after the JSON value, and broken UTF-8, which encoding/json alone would replace.
func readJSON(r *http.Request, target any) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	if !utf8.Valid(body) || !json.Valid(body) {
		return &inputError{"invalid_json", "The body is not valid JSON"}
	}
	if err := json.Unmarshal(body, target); err != nil {
		var wrongType *json.UnmarshalTypeError
		if errors.As(err, &wrongType) {
			where := cmp.Or(wrongType.Field, "body")
			return &inputError{"invalid_body", fmt.Sprintf("%s: unexpected %s", where, wrongType.Value)}
		}
		return err
	}
	return nil
}
