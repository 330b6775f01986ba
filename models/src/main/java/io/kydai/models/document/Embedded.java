package io.kydai.models.document;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record component that is itself a record, whose keys stand in the same section as the keys of
 * the outer record.
 *
 * @param component the name of the component in the outer record
 * @param shape the declarations of the inner record's keys
 */
public record Embedded<R extends Record>(String component, Shape<R> shape) implements Part {
  @Override
  public List<Key<?>> keys() {
    return shape.keys();
  }

  @Override
  public void read(Section section, Values values) {
    shape.collect(section, values);
  }

  @Override
  public void defaults(Values values) {
    shape.collectDefaults(values);
  }

  @Override
  public void check(Section section, Values values) {
    shape.check(section, values);
  }

  @Override
  public Optional<Object> value(Values values) {
    return Optional.of(shape.make(values));
  }

  @Override
  public Map<String, Object> write(@Nullable Object value) {
    return shape.writeAny(requireNonNull(value));
  }
}
