defmodule ServiceWeb.Endpoint do
  use Phoenix.Endpoint, otp_app: :service

  plug ServiceWeb.RequestContext
  plug ServiceWeb.BodyLimit
  plug ServiceWeb.HealthPath
  plug ServiceWeb.Router
end
