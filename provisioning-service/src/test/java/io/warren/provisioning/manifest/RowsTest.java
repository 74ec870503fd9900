package io.warren.provisioning.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warren.contracts.device.DeviceId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.Violation;
import io.warren.platform.transfer.CsvRows;
import io.warren.platform.transfer.JsonRows;
import io.warren.platform.transfer.Row;
import io.warren.platform.transfer.Rows;
import io.warren.testing.tls.TestIdentity;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class RowsTest {

    static final String KEY = Base64.getEncoder()
            .encodeToString(TestIdentity.keys("EC", 256).getPublic().getEncoded());

    @Test
    void aLineOfJsonIsAnEntry() {
        Row<String, Entry> row = json("{\"element\":\"01:23\",\"deviceId\":\"pump-17\",\"publicKey\":\"" + KEY
                        + "\",\"attributes\":{\"batch\":\"7\"}}")
                .getFirst();

        assertThat(row.value()).isEqualTo(new Entry("01:23", new DeviceId("pump-17"), KEY, Map.of("batch", "7")));
    }

    @Test
    void aLineOfCsvIsAnEntry() {
        assertThat(csv("deviceId,element,attributes.batch,publicKey\r\npump-17,01:23,7," + KEY + "\r\n")
                        .getFirst()
                        .value())
                .isEqualTo(new Entry("01:23", new DeviceId("pump-17"), KEY, Map.of("batch", "7")));
    }

    @Test
    void oneBadRowSpoilsNoOther() {
        List<Row<String, Entry>> rows =
                json("{\"element\":\"1\",\"deviceId\":\"a\"}\n{\n\n[]\n{\"element\":\"2\",\"deviceId\":\"b\"}");

        assertThat(rows).extracting(Row::line).containsExactly(1L, 2L, 4L, 5L);
        assertThat(rows).extracting(row -> row.value() != null).containsExactly(true, false, false, true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /element",
                "{'element':'1'} | /deviceId",
                "{'element':'','deviceId':'a'} | /element",
                "{'element':'a b','deviceId':'a'} | /element",
                "{'element':1,'deviceId':'a'} | /element",
                "{'element':'1','deviceId':'a.b'} | /deviceId",
                "{'element':'1','deviceId':null} | /deviceId",
                "{'element':'1','deviceId':'a','publicKey':'AA'} | /publicKey",
                "{'element':'1','deviceId':'a','publicKey':{}} | /publicKey",
                "{'element':'1','deviceId':'a','publicKey':7} | /publicKey",
                "{'element':'1','deviceId':'a','attributes':7} | /attributes",
                "{'element':'1','deviceId':'a','attributes':{'1':'x'}} | /attributes",
                "{'element':'1','deviceId':'a','attributes':{'x':{}}} | /attributes/x",
                "{'element':'1','deviceId':'a','attributes':{'x':'\\u0000'}} | /attributes/x",
                "{'element':'1','deviceId':'a','surprise':1} | /surprise"
            })
    void whatIsNotAllowedIsRefusedWithItsPlace(String row, String pointer) {
        Row<String, Entry> refused = json(row.replace('\'', '"')).getFirst();

        assertThat(refused.value()).isNull();
        assertThat(refused.refusal())
                .isNotNull()
                .satisfies(refusal -> assertThat(refusal.violations())
                        .extracting(Violation::pointer)
                        .contains(pointer));
    }

    @Test
    void aRowThatIsTooLongIsRefusedAndTheNextIsRead() {
        String tooLong = "{\"element\":\"1\",\"deviceId\":\"a\",\"x\":\"" + "x".repeat(Entry.MOST_BYTES) + "\"}";
        List<Row<String, Entry>> rows = json(tooLong + "\n{\"element\":\"2\",\"deviceId\":\"b\"}");

        assertThat(rows).extracting(row -> row.value() != null).containsExactly(false, true);
    }

    @Test
    void aCellThatIsNotUtf8SpoilsItsRowOnly() {
        List<Row<String, Entry>> rows =
                read(csvRows("element,deviceId,attributes.x\n1,a,é\n2,b,y\n".getBytes(ISO_8859_1)));
        assertThat(rows).extracting(row -> row.value() != null).containsExactly(false, true);
    }

    @Test
    void aQuotationMarkThatIsNotClosedEndsTheImport() {
        CsvRows<String, Entry> rows = csvRows(("element,deviceId\n1,a\n\"2," + "x\n".repeat(40_000)).getBytes(UTF_8));
        List<Row<String, Entry>> read = read(rows);

        assertThat(read.getFirst().value()).isNotNull();
        assertThat(read.getLast().refusal()).isNotNull();
        assertThat(rows.isWhole()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "element",
                "element,deviceId,element",
                "element,deviceId,",
                "element,deviceId,attributes.1",
                "a,b"
            })
    void theFirstLineNamesTheColumns(String line) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> csv(line + "\n1,a"))
                .satisfies(problem -> assertThat(problem.violations()).isNotEmpty());
    }

    @Test
    void aRowHasAsManyCellsAsColumns() {
        assertThat(csv("element,deviceId\n1,a,x\n2\n3,c"))
                .extracting(row -> row.value() != null)
                .containsExactly(false, false, true);
    }

    private static List<Row<String, Entry>> json(String text) {
        return read(new JsonRows<>(
                new ByteArrayInputStream(text.getBytes(UTF_8)),
                Entry.MOST_BYTES,
                JsonMapper.shared(),
                JsonEntry::read));
    }

    private static List<Row<String, Entry>> csv(String text) {
        return read(csvRows(text.getBytes(UTF_8)));
    }

    private static CsvRows<String, Entry> csvRows(byte[] body) {
        return new CsvRows<>(new ByteArrayInputStream(body), Entry.MOST_BYTES, CsvEntry.MOST_COLUMNS, CsvEntry::new);
    }

    private static List<Row<String, Entry>> read(Rows<String, Entry> rows) {
        List<Row<String, Entry>> read = new ArrayList<>();
        for (Row<String, Entry> row = rows.next(); row != null; row = rows.next()) {
            read.add(row);
        }
        return read;
    }
}
