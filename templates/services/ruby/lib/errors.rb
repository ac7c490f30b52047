# frozen_string_literal: true

# An error whose status, code and message the client may see.
class ClientError < StandardError
  attr_reader :status, :code

  def initialize(status, code, message)
    super(message)
    @status = status
    @code = code
  end
end

# A store is down or not configured. The cause is for the log only.
class StoreUnavailable < ClientError
  def initialize(store)
    super(503, "store_unavailable", "#{store} is not available")
  end
end
