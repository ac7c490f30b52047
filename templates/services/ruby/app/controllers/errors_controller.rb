# frozen_string_literal: true

class ErrorsController < ApplicationController
  def not_found
    failure(404, "not_found", "No such endpoint")
  end
end
