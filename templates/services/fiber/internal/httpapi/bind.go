package httpapi

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/gofiber/fiber/v3"
)

// bindJSON is stricter than fiber's own: text after the JSON value and broken UTF-8 are errors.
func bindJSON(c fiber.Ctx, target any) error {
	body := c.BodyRaw()
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
