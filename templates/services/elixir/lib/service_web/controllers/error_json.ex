defmodule ServiceWeb.ErrorJSON do
  @moduledoc """
  What clients see of an exception.
  """

  def render("500.json", _assigns), do: error("internal_error", "Internal server error")

  def render(template, _assigns) do
    message = Phoenix.Controller.status_message_from_template(template)
    error(message |> String.downcase() |> String.replace(" ", "_"), message)
  end

  defp error(code, message), do: %{error: %{code: code, message: message}}
end
