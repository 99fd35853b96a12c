using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.Tests.Data;

public sealed class PostgresConnections
{
    [Theory]
    [InlineData("Host=db.example", SslMode.Require)]
    [InlineData("Host=192.0.2.7", SslMode.Require)]
    [InlineData("Host=localhost", SslMode.Disable)]
    [InlineData("Host=127.0.0.1", SslMode.Disable)]
    [InlineData("Host=::1", SslMode.Disable)]
    [InlineData("Host=/var/run/postgresql", SslMode.Disable)]
    [InlineData("Host=db.example;SSL Mode=VerifyFull", SslMode.VerifyFull)]
    [InlineData("Host=db.example;SSL Mode=Disable", SslMode.Disable)]
    [InlineData("Host=db.example;SslMode=Prefer", SslMode.Prefer)]
    public void Another_machine_is_spoken_to_by_TLS_unless_the_operator_says_otherwise(string connectionString, SslMode expected)
    {
        using var db = DatabaseSetup.Open(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = connectionString }).Create();

        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()).SslMode);
    }
}
