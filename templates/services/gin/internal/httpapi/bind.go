package httpapi

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"
	"github.com/gin-gonic/gin/binding"
	"github.com/go-playground/validator/v10"
)

// inputError is the client's mistake: its text is shown.
type inputError struct{ code, message string }

func (e *inputError) Error() string { return e.message }

func init() {
	// Messages name fields as clients write them.
	if engine, ok := binding.Validator.Engine().(*validator.Validate); ok {
		engine.RegisterTagNameFunc(func(field reflect.StructField) string {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			return name
		})
	}
}

// tidier is a target that brings its fields into shape before they are validated.
type tidier interface{ tidy() }

// bindJSON is stricter than gin's own: text after the JSON value and broken UTF-8 are errors.
func bindJSON(c *gin.Context, target any) error {
	body, err := c.GetRawData()
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
	if t, ok := target.(tidier); ok {
		t.tidy()
	}
	if err := binding.Validator.ValidateStruct(target); err != nil {
		var invalid validator.ValidationErrors
		if errors.As(err, &invalid) {
			return &inputError{"invalid_body", fmt.Sprintf("%s: must satisfy %q", invalid[0].Field(), invalid[0].Tag())}
		}
		return err
	}
	return nil
}
