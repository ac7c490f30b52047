package service.store;

import com.fasterxml.jackson.annotation.JsonProperty;

public enum Status {
  @JsonProperty("up")
  UP,
  @JsonProperty("down")
  DOWN,
  /** Not configured. */
  @JsonProperty("off")
  OFF
}
