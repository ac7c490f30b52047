# frozen_string_literal: true

Rails.application.routes.draw do
  scope format: false do
    root "index#show"
    get "health", to: "health#show"
    get "ready", to: "health#ready"
    resources :items, only: %i[index create]
    resources :hits, only: :create

    # Last, so that a health check path of your own replaces no route.
    get Rails.configuration.x.settings.healthcheck_path, to: "health#show", as: nil
    match "*path", to: "errors#not_found", via: :all
    match "/", to: "errors#not_found", via: :all, as: nil
  end
end
