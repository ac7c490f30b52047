# frozen_string_literal: true

# Example: a resource in Postgres.
class ItemsController < ApplicationController
  def index
    render json: { items: Item.newest.map(&:as_answer) }
  end

  def create
    render json: Item.store(name_from(json_body)).as_answer, status: :created
  end

  private

  def name_from(body)
    name = body["name"] if body.is_a?(Hash)
    return name.strip if Item.valid_name?(name)

    raise ClientError.new(400, "invalid_body", 'Send {"name": "..."} with 1 to 200 characters')
  end
end
