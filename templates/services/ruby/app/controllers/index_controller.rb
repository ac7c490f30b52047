# frozen_string_literal: true

class IndexController < ApplicationController
  def show
    render json: { service: settings.service_name, endpoints: }
  end

  private

  def endpoints
    routes = Rails.application.routes.routes.reject { |route| route.internal || route.verb.empty? }
    routes.map { |route| "#{route.verb} #{route.path.spec}" }.uniq.sort
  end
end
