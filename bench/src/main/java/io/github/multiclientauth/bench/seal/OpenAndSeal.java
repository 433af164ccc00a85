package io.github.multiclientauth.bench.seal;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import io.github.multiclientauth.facade.seal.Seal;
import io.github.multiclientauth.facade.seal.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The facade's own sealing compared with Nimbus, on the claims of an ordinary session. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class OpenAndSeal {

    private static final EncryptionMethod METHOD = EncryptionMethod.A256CBC_HS512;

    private final byte[] claims = """
            {"name":"Ada Lovelace","email":"ada.lovelace@example.com",\
            "picture":"https://avatars.githubusercontent.com/u/1234567?v=4",\
            "sub":"6d3c2e5e-6f0c-4a59-9a39-0b1c1e2d3f40","sid":"0f9d7c1b-9a8e-4d5c-8b7a-6f5e4d3c2b1a",\
            "provider":"github","clientOrigin":"https://portfolio.example.com","clientId":"portfolio",\
            "signedInAt":1763913600000,"checkedAt":1763913600,"endsAt":1763949600000,"iat":1763913600,\
            "exp":1763949600,"jti":"7a1f0c3d-2b4e-4f6a-8c9d-0e1f2a3b4c5d"}""".getBytes(StandardCharsets.UTF_8);

    private final SecureRandom random = new SecureRandom();
    private final Seal seal = Seal.of(List.of(new Secret("the secret of a benchmark")), "authjs.session-token", random);
    private final String token = seal.seal(claims);

    private final byte[] key = new byte[64];
    private final String theirs = nimbusSeals();

    /** Opening, as every {@code GET /session} does. */
    @Benchmark
    public Optional<byte[]> open() {
        return seal.open(token);
    }

    /** Sealing, as every re-issue does. */
    @Benchmark
    public String seal() {
        return seal.seal(claims);
    }

    @Benchmark
    public byte[] nimbusOpens() throws ParseException, JOSEException {
        JWEObject jwe = JWEObject.parse(theirs);
        jwe.decrypt(new DirectDecrypter(key));
        return jwe.getPayload().toBytes();
    }

    @Benchmark
    public String nimbusSeals() {
        try {
            JWEObject jwe = new JWEObject(new JWEHeader(JWEAlgorithm.DIR, METHOD), new Payload(claims));
            jwe.encrypt(new DirectEncrypter(key));
            return jwe.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
