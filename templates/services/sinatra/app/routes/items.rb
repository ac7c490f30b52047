# frozen_string_literal: true

module Routes
  # Example: a resource in Postgres.
  module Items
    def self.registered(app)
      app.get "/items" do
        json(items: items.list)
      end

      app.post "/items" do
        name = Items.name_from(json_body)
        status 201
        json(items.create(name))
      end
    end

    def self.name_from(body)
      name = body["name"] if body.is_a?(Hash)
      return name.strip if valid?(name)

      raise ClientError.new(400, "invalid_body", 'Send {"name": "..."} with 1 to 200 characters')
    end

    # Postgres cannot store NUL in text.
    def self.valid?(name)
      name.is_a?(String) && name.valid_encoding? && !name.include?("\0") && name.strip.length.between?(1, 200)
    end
    private_class_method :valid?
  end
end
