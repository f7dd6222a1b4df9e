package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTypeTest {

    @ParameterizedTest
    @CsvSource({"BOOL,8", "BF16,16", "F8_E4M3,8", "F32,32", "C64,64", "U64,64", "F4,4", "F6_E3M2,6"})
    void knows_the_size_of_each_type(String name, long bitsPerElement) {
        assertThat(SafetensorsType.of(name).orElseThrow().bytes(List.of(2L, 4L)))
                .contains(bitsPerElement);
    }

    @Test
    void scalar_is_one_element() {
        assertThat(SafetensorsType.F32.bytes(List.of())).contains(4L);
    }

    @Test
    void part_of_a_byte_cannot_be_stored() {
        assertThat(SafetensorsType.F4.bytes(List.of(3L))).isEmpty();
    }

    @Test
    void more_than_a_long_is_an_error() {
        assertThatThrownBy(() -> SafetensorsType.F64.bytes(List.of(1L << 60))).isInstanceOf(ArithmeticException.class);
    }
}
