package service.store;

/** A store is switched off or does not answer. The cause is for the log only. */
public class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String store;

  public StoreUnavailableException(String store, Throwable cause) {
    super(store + " is not available", cause);
    this.store = store;
  }

  public String store() {
    return store;
  }
}
