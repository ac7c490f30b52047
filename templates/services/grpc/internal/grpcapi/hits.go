package grpcapi

import (
	"context"

	hitsv1 "service/gen/hits/v1"
)

type hitsServer struct {
	hitsv1.UnimplementedHitsServer
	hits Hits
}

func (s *hitsServer) Hit(ctx context.Context, _ *hitsv1.HitRequest) (*hitsv1.HitResponse, error) {
	hits, err := s.hits.CountHit(ctx)
	if err != nil {
		return nil, err
	}
	return &hitsv1.HitResponse{Hits: hits}, nil
}
