# frozen_string_literal: true

# ApplicationController#json_body is stricter and answers for what it refuses.
ActionDispatch::Request.parameter_parsers = {}
