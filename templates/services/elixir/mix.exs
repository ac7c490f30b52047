defmodule Service.MixProject do
  use Mix.Project

  def project do
    [
      app: :service,
      version: "0.1.0",
      elixir: "~> 1.18",
      elixirc_paths: elixirc_paths(Mix.env()),
      start_permanent: Mix.env() == :prod,
      deps: deps()
    ]
  end

  def application do
    [mod: {Service.Application, []}, extra_applications: [:logger]]
  end

  defp elixirc_paths(:test), do: ["lib", "test/support"]
  defp elixirc_paths(_env), do: ["lib"]

  defp deps do
    [
      {:bandit, "1.12.5"},
      {:jason, "~> 1.4"},
      {:phoenix, "1.8.12"},
      {:postgrex, "0.22.2"},
      {:redix, "1.6.1"}
    ]
  end
end
