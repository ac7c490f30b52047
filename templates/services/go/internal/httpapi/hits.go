package httpapi

import "net/http"

func (a *api) countHit(w http.ResponseWriter, r *http.Request) error {
	hits, err := a.hits.CountHit(r.Context())
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, map[string]int64{"hits": hits})
}
