package httpapi

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

type newItem struct {
	// Postgres text cannot hold NUL.
	Name string `json:"name" binding:"required,max=200,excludes=\x00"`
}

func (i *newItem) tidy() { i.Name = strings.TrimSpace(i.Name) }

func (a *api) listItems(c *gin.Context) {
	items, err := a.items.Items(c.Request.Context())
	if err != nil {
		fail(c, err)
		return
	}
	c.JSON(http.StatusOK, gin.H{"items": items})
}

func (a *api) createItem(c *gin.Context) {
	var input newItem
	if err := bindJSON(c, &input); err != nil {
		fail(c, err)
		return
	}
	item, err := a.items.CreateItem(c.Request.Context(), input.Name)
	if err != nil {
		fail(c, err)
		return
	}
	c.JSON(http.StatusCreated, item)
}
