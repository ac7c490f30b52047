package httpapi

import (
	"github.com/gofiber/fiber/v3"
)

func (a *api) countHit(c fiber.Ctx) error {
	hits, err := a.hits.CountHit(c.Context())
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusOK).JSON(fiber.Map{"hits": hits})
}
