using System.Formats.Tar;
using System.IO.Compression;
using Xunit;

namespace FunctionalStack.IO.Tests.Data;

public class NpmPackageTests
{
    [Fact]
    public void Files_are_unpacked_and_none_outside_the_folder()
    {
        using var folder = new TempFolder();
        using var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var name in new[] { "package/data/a", "package/../../evil", "package/b", "alone" })
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream([1, 2, 3]) });
            }

            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "package/link") { LinkName = "/etc" });
        }

        archive.Position = 0;
        NpmPackage.Unpack(archive, folder.At("out"));
        Assert.Equal(["b", "data/a"],
            Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.At("out"), file))
            .Order());
        Assert.Equal([1, 2, 3], File.ReadAllBytes(folder.At("out/data/a")));
    }
}
