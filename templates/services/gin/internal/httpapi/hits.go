package httpapi

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

func (a *api) countHit(c *gin.Context) {
	hits, err := a.hits.CountHit(c.Request.Context())
	if err != nil {
		fail(c, err)
		return
	}
	c.JSON(http.StatusOK, gin.H{"hits": hits})
}
