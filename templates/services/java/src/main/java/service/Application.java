package service;

import java.time.Instant;
import java.util.LinkedHashMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import sun.misc.Signal;
import tools.jackson.databind.json.JsonMapper;

@SpringBootApplication
public class Application {

  public static void main(String[] arguments) {
    Settings settings;
    try {
      settings = Settings.from(System.getenv()::get);
    } catch (IllegalArgumentException mistake) {
      System.out.println(fatal("invalid configuration: " + mistake.getMessage()));
      System.exit(1);
      return;
    }
    var context = with(settings).run(arguments);
    // Left to itself, the virtual machine stops just as gracefully, but with status 143.
    Signal.handle(new Signal("TERM"), signal -> System.exit(SpringApplication.exit(context)));
  }

  /** The application, not yet running; tests start it with other stores. */
  static SpringApplication with(Settings settings) {
    var application = new SpringApplication(Application.class);
    application.setDefaultProperties(settings.asProperties());
    ApplicationContextInitializer<GenericApplicationContext> initializer =
        context -> context.registerBean(Settings.class, () -> settings);
    application.addInitializers(initializer);
    return application;
  }

  /** A log line from before there is a log. */
  private static String fatal(String message) {
    var line = new LinkedHashMap<String, Object>();
    line.put("time", Instant.now());
    line.put("level", "error");
    line.put("service", "service");
    line.put("message", message);
    return JsonMapper.shared().writeValueAsString(line);
  }
}
