using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Tests;

public class CsvTests
{
    [Fact]
    public void A_file_is_read_as_by_the_core() =>
        Assert.Equal(new CsvRows("train.csv").Id("nr").Drop("name"), Csv.Read("train.csv").Id("nr").Drop("name"));
}
