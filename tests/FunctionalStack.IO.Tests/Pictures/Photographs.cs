using System.IO.Compression;

namespace FunctionalStack.IO.Tests.Pictures;

/// <summary>JPEG files, by libjpeg-turbo.</summary>
internal static class Photographs
{
    /// <summary>40 x 40 in grey, quality 90: pixel i is 7 i modulo 256.</summary>
    public static byte[] Grey => Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGB"
        + "YUGBIUFRT/wAALCAAoACgBAREA/8QAGQABAQADAQAAAAAAAAAAAAAABAUAAgMJ/8QAKRAAAQMCBQMEAwEAAAAAAAAAAQIDBAURAAYSITEiQVET"
        + "I3GBYaHBFP/aAAgBAQAAPwDzlhZR46P1iynL8antpclOtRmydIW8sIBPi5+Dgy8x0aI2DHDs5wg2S22UAEcBRVawPkA4M9mqoyk6YURqCkgdZ9"
        + "1YN+QSAONrEHv9GfgVGtKvNkuvpJCtBNkAgWuEjYG3gdzjq9V63U06A6mG2QAUxU6Dsb31G6gfg/3GjWWnpjxefUt91VtTjiipR2tuTiu1ltmG"
        + "yXpCkMNJtqccUEpG9hcnGr9XolMVoDqpjgIBTFTrG4vfUbJP0f7gK82zX2wmHT2oiiCCtxRcI8EbAC2/IOEv5qp0VWmFEdnKBHWfaQRbkEgnnb"
        + "cDv9icr1bnthCC1DSQUqMduxVf8qJIt5Fucck5fk1BxLkp12S4BpC3llZA8XPbc4rxsqoZbU45pbbQCpS1GwSByScY/UKJS07yUynLBQbij1Cb"
        + "m3I6b/gn+Y6Lo8Kkthcx9qMkgqAcUAVW50jknfgecGfzNSoibQ2XZ7lgQQn00c7glQvxvwe2DP5nqstVojLUBu4IIT6i+NwSoW534Hb7IKHMqP"
        + "p/6335Oi+n1nCvTfm1+OBitCyjx0frE2FlHjo/WLKcvxqe2lyU61GbJ0hbywgE+Ln4ODLzHRojYMcOznCDZLbZQARwFFVrA+QDgz2aqjKTphRG"
        + "oKSB1n3Vg35BIA42sQe/0Z+BUa0q82S6+kkK0E2QCBa4SNgbeB3OP//Z");

    /// <summary>8 x 24 in grey, quality 100: a white square at the left, and black.</summary>
    public static byte[] Square => Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ"
        + "EBAQEBAQH/wAALCAAIABgBAREA/8QAFgAAAwAAAAAAAAAAAAAAAAAAAAoL/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAAPwB/hAHD/9k=");

    /// <summary>29 x 37 in colour, quality 90, with half as many chroma samples in each direction.</summary>
    public static byte[] Colour => Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGB"
        + "YUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAd"
        + "ACUDASIAAhEBAxEB/8QAGAAAAwEBAAAAAAAAAAAAAAAAAAUHBgj/xAAhEAABBAICAgMAAAAAAAAAAAAABAYioSExAwUBMgLR4f/EABcBAQEBAQ"
        + "AAAAAAAAAAAAAAAAcIBgn/xAAcEQACAgMBAQAAAAAAAAAAAAAABQIhAQMxEiL/2gAMAwEAAhEDEQA/AOL0TV1Ch+iauoUUNE1dQofomrqFFxt3"
        + "vbMOhfcsniJq6hQ/RNXUKKGiauoUP0TV1CgUbve2UWhfcsnKdqw9KAsSdqw9KAL9j37zYzaX3xixQiauoUP0TV1CjdIum4MYofoum4MYo27dzK"
        + "zkMhdSowqJq6hQ/RNXUKN0i6bgx9D5F03BjFAo3dSsopC6lRg07Vh6UBWU/TcHn4fgBhsdS95GfU6l4wf/2Q==");

    /// <summary>The pixels of <see cref="Colour"/> by libjpeg-turbo.</summary>
    public static byte[] ColourPixels
    {
        get
        {
            using var packed = new MemoryStream(Convert.FromBase64String(
                "eNoFwXlUmgeCAPAJGsVqgmY24HaqklYrMbMFu03EVx0Y475AulWstoH2zVbcxkBMA+bNRJyJiXhU+YwCKnze4AmeH3gCGgU8uAx8CAoaQY2aaJ"
                + "rYJJ30mv1jf7/fHfsVgfgFifjpBOL17xEv30Y8j0EcvB/w5I+Ixx8idoiITRJiPR2xdhmxQkPAnyPsf0HY8hBmFsL0LcJ4C6H/O2KmNEBbdWyy"
                + "FjFWj1A3HxuSIfr7jvUNIbpViM4JRNvssdb5Y1JTgMQaUO8MFAcE/18Q8l9hIb+Fh7xBI1+9E3IUG/L8bMgzfMiTC8i9j5FbF5GbFKQ3I2QtG+"
                + "lmIJ25SPtVpO0G0soJWSwKMd4Jma0ImRGEaMTISSlytC1E3Y0c6g9WqpB9Y8geXUinMbhtEdliDWlyvAW632oMQP3rOOq3sPBfToX/HIl6HY06"
                + "ikO9SEAdJIY/TTq5l4raSUf5qCe9mShPNsrNCHflouz54bYClPlWuImHmi9BzVaiHgAoTT1qCjw51o5S95wcHkD1QyjFJKpnGtVpRHWYUc02VL"
                + "MjAnRHNAagfw3C/BaK+fkU5k0k5lUU5kUc+vsE9FMCZj8JvZuK2U5HP6KeXs9Er+Zg3AyMk4mx52OsBRhTIWaJhzbcxcxWoqcB9FQ9ehJEq2Wn"
                + "Vb3oocHTAxC6bwLdM42WG9FtJnSTDQ06IqXuyIbjMb8FY389gf0l4syPkdgfos88j8UensMeELD7SdjHqVhfOnbjkxgvLXr1c6z7yxhHHnb5Wo"
                + "zlW6y5EDvPw+rvYmcqsToAq6nHToIxozIs1IMdGIxWqmP6JmJ6prHy+ZgWU0zTMrYJPiNdO9MYEP/rcdxPYbg3EbjXmPijaNyzONxhAm4/Ebd7"
                + "AbedEr95EbdOjV/LxLmycTA93p6Ls12NXyrALd7CzfNwcyW46cp4LRA/UR8/BsarZfHDPfH9g+/3QfHdY/Gd0/EyQ3yz6X2pDSdxJDS4z4oDPv"
                + "j5OP5NKP7H8MSXGMKLdwiHsYSDs4RdAv7xBbwvhbCZhvdSP3Bl4ley8Q4GYTkXb8onLBXg57mJ+iLC7B28tpwwKcCPifCjEvxIO36oC68cwPdA"
                + "H3SNE+TT+DYjvnkJL7XiGx2J9W6CMPDCm2DiT6HEHyOSX0YSX0QRD2OJTxOIu4nEnQtJvlTiZhrRQyW6M4lwdjLMSLblEc3XiAs3khcKk/VFxA"
                + "d3k3UVxEkgeVScNAoSRzqShnqIysGkHogonyDKdcQ2I7HJRGxcTq53JItcycKAP/0zmPTPUPLrCPIRhvwsivzkPfIejvyYQNo+T9pMIW2kkdao"
                + "JFcGyZ5NttPJVibJdI00X0CeLyTPFpF0JeSpCtI4QFYLSSopebiN1N9F7u0ndY+QOiZIMh2pxUCSmEgNNrLYQRa6yHWBlDdB1Nehl1+FU48w1G"
                + "fR1CexlL0E6g6B4k+ibKZe2rhI8Vy+tJJBsedQlxkUK5NiyqcYb1ANhZRZ3iXdXcrUd5SJGopaTIWklOH2S8puSu/ApS6IKhuntGspLQaKZIlS"
                + "b6OKHdQ61ye1AZk/BtFehWb9EJ71PYZ2EJW1H0vbS6BtEbL857PWU2ieNJqLQnNk0uw5NBuDZmLS5vMzDTdoc4VZM0U0XQltooI2KqBBItqIhN"
                + "bfRlN20XqUmbIRWsd4ZquO1mTIbFzKFNtoQkdWneuzGsSVl4H0H0IYRycZz9CMgyj63nv0x2ev+An0zfN0bwp9LY2+Qrli/5Ru+4xuptOXvqYb"
                + "rzLmrtNnChnTt+maO1fGK+hqwZUhIX1QQle2XVF0XulSftExTG8dYzRr6KCe3rBIF1ro9+1f1qx8WR2Y+yqI+fIt5lF43rPTeU+i8nbfzds+y9"
                + "zEMzc+Yq6lMN1peU4q82EG05rDtDCYC0zmfD5zriDvATdPW8ScLMkbK89VAcxhIXNAkqdoY/Z2MTuVzPaR3JZxZrOW2Whgipdyhba8WkdezUpe"
                + "dcC1l0GsH0LZL8LZh6fZ+1HsnXfZWwnsR3jW+nn2WgrLlcaGKSxbBsuSwzIxWPNMljGfNVfAnuGytbdZEyVsdQVbJWAPidgDEnZfK6u7iy1Xst"
                + "pGWC3jLFDLatCzREusWiv7vp0tcF2vDrh5FMQ5CuM+j+AcYrhPojmPY7nb5zibidyNC5y11Jvuixz48s3lDK4lh7PE4Czkcoz5nNkbnJlb3Oki"
                + "7uRdzmglR1XDGRJzBqWcvg5ObzdH3n+zbYTbPMaR6rgSA1e8xK21cu87CmtchdWBRUdBRS9Ci59HFB9EFu9FFW/H8fwJvA1CsfdCsTuVt5LGs1"
                + "N51kyeOYe39FWxkVmkv8abLeDNFBZreLzxEt5oJW8E4A2JeEoJr6+d193F6xjgtUO8pgkeqOM1GHliE6/WxrsPFwPu4upjpYcB/ANk2dOTZfun"
                + "y3be5vve5T+K53vw/NWP+M4UvuPPfNulUtN/8+ez+AY6f+5/Sh98w9ey+FM3yyb+xlf/nQ+V8Qer+Aohv7extLu1VNZZ2qosbRniS0b5jVN8ob"
                + "60bqkUMPMFD8uqVsoqEdWHx4HDEOAJqmYXDez8Adh8D1jHCdY+AFznBc6PAUeawEYBTJ8C89mAkQ7MfQ08+AbQXq/RcICJvwLqOwDEBwYFgLIO"
                + "6JUKulsFsi5Bm1LQPCyQjAkaNAKhobpuqVpgBQA7UOUCKgKFz4JEhydEB+HiPYxoJ0rsjxWtJ4i8eNFqkmglRQSni5apInOGcDFHtPClaI4pms"
                + "0XTheIdFzR5G2RukSkKhcPAaIBkbgPFPa0CeU9orZ+YQskko6LGrVCkVFYZ64DloUALKpaFX8XKP0+CDwIAw9OgXuR0u1ocDNOunEO9BCk7iTQ"
                + "lSqF08GHl6XmTOlCDrjAAPVM6Wy+VFfQpOWCkzxwrAQcqQSHAVApBhUg2N0h7eyWtg9Im1RSybi0cQYUG6W1JgmwDAqcTVWrTZXHO54h5YcnZA"
                + "enOvf/Xb4dLd+Mkz86J1/7UL6aJIdJMke6zPZJhzlLtviFfPErueF/5Q9Y8ukbcs2tzoli2eg9OVQpH6yRKetlClDWJZN19srbh2TNaplkUi6Z"
                + "lokXZLWWjpqHsuoVedWavCKg72mQ8iBMuX9KuRup2IpWPIpTrCcoVhOVriSFI1VhT++zXFYs0RTzXyiMXynmmMqZfKXmW+XkLeV4kRK6pxypUP"
                + "TXKPvEip4mRVe7oqNX0TKgaIIUjePK+mlF3ULffUtf9bLyO1hZsarkB0JPg6AnYar9cNU2RrUZpV6PhdYSVC68Ck5SPUyBrBdVJqpqPgPS56jm"
                + "GNAME9LmQ5MFqgmuSnVbPVyiGixXKwBVr0jVCUKyNqi1GwL7IQmkEo9DQi1UYxwRmEYql6FKGCpbVfMDNPtB2r0w7W6Edhut3YzWeuO0nnMaV6"
                + "LWeUH7MFVjvag1UTXzGdq5bO0DhkaXq9Hma8ava8cKdeoi7fAdbX+FViHQdou1nVJNe4emtVsD9k81jGiFY9panbbGqKkyTZUva8phHd+tuxcw"
                + "t3dcv/uWYQdl8KH16+8YVmMN7rMGB95g/8hg/Vhv+rNhgaKfyzDMZuun6fqpXMPkVcP4dYOKYxy5bRi4Y+wrM/RUG+R1+vZGQ0urHuzUNyr1ou"
                + "G52jF9jUZfZdRXmvVly4Zy2FDqNpQEmnaDzDuhlp1wiy/Ssh5lWY2zuBIsDoLFft5iSbWY0yzzVPNcpmU22zLNsGq+tkzkW0cLLBDXNnTb2n/H"
                + "0ltu6am2yESWDomlud3S1GVp7DcLIcv9MUuNzlJttFSazGXL5nuw9e6qpeS4YzcY3g5z7kQ4NyPhjWjnWiy8cs7pIDiXLzhtqbD5onORChsy4Z"
                + "ls5zTDqcl1Tlx1qgvgkULnEA9W3nX2VsBdANwhgtukzuZ2GOx2NvTDQgiuGXPW6OAqI1xpgvkP4XsOZ8kqfCfQ8zjYs3PCu/V7rz/Sux7j8cR5"
                + "3X/0OD702pM8NpLHnO5Z+GTNkOmd/dwz/ZVXw/RMXPOov/VAtzyDPO/APU9vpbcL8MjqvW2gp6XdK+3xNPZ7hJD3/oQHmPZWL3gqLZ6yh57SFe"
                + "/d1fV/BPv2Q/x7J/2P/83vf9u/ccbvfd/v/g/fyn/67UTfMtln/i/fwqc+42e+Wbr/wV/8mm/8U2z/KGdL/Vf/8D+2Bvl+RdVWd+1WZ4Ovo8nX"
                + "IvODvb7GQb9Y7aub8tfO+KsXfZXLm+UOP9+9dc+7XfL//sGptw=="));
            using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
            using var pixels = new MemoryStream();
            zlib.CopyTo(pixels);
            return pixels.ToArray();
        }
    }

    /// <summary>A JPEG file of 21 x 20 pixels in ten scans, by libjpeg.</summary>
    public static byte[] Progressive { get; } = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wgARCAAUABUDASIAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAAUEA//EABgBAAIDAAAAAAAAAAAAAAAAAAMEAQIF/9oADAMBAAIQAxAAAAGLq51taM6iWNFrgV8wq9//xAAZEAADAQEBAAAAAAAAAAAAAAAAAgMBERL/2gAIAQEAAQUCXBUMkTwmgzpMibviM1zn/8QAGhEAAwADAQAAAAAAAAAAAAAAAAECERIhMv/aAAgBAwEBPwHOoqtriK9IZ//EABsRAAIBBQAAAAAAAAAAAAAAAAABAwIREyEy/9oACAECAQE/AZZ7Getk3Q3s/8QAGhABAAIDAQAAAAAAAAAAAAAAARARAiAxYf/aAAgBAQAGPwLWm18hyOx//8QAGhAAAgMBAQAAAAAAAAAAAAAAABEBMUEhkf/aAAgBAQABPyFgw4UOHEmvRGCNEtFJemCf/9oADAMBAAIAAwAAABDAJ8H/xAAXEQEBAQEAAAAAAAAAAAAAAAABABFR/9oACAEDAQE/ECiimQEnpJ2//8QAGREAAwADAAAAAAAAAAAAAAAAAAEhEVFh/9oACAECAQE/ENkViULRdHZU/8QAGRAAAwEBAQAAAAAAAAAAAAAAAAERIWGh/9oACAEBAAE/EMBiwvQwGLBQgNRT4taEPRDtLRmrKivoyX//2Q==");

    /// <summary>A JPEG file of 33 x 18 pixels with a restart marker after each unit, by libjpeg.</summary>
    public static byte[] Restarting { get; } = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAASACEDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/90ABAAB/9oADAMBAAIRAxEAPwDBVKlVKcqVKqVq5DpzP//Qy1SpVSnKlSqlDkejTmf/0aeyip9lFRzHtc5//9LNWpVoopszpn//06y1KtFFZM7KZ//USiiiuc9Q/9k=");

    /// <summary>A GIF file of 8 x 8 pixels, by Pillow.</summary>
    public static byte[] Gif { get; } = Convert.FromBase64String(
        "R0lGODdhCAAIAIUAAAAAAAMDAwYGBgcHBwkJCQoKCgwMDA0NDQ4ODg8PDxAQEBERERISEhMTExQUFBUVFRYWFhcXFxgYGBkZGRoaGhsbGxwcHB0dHR4eHh8fHyAgICEhISIiIiMjIyQkJCUlJSYmJicnJygoKCkpKSoqKisrKywsLC0tLS4uLi8vLzAwMDExMTIyMjMzMzQ0NDU1NTY2Njc3Nzg4ODk5OTo6Ojw8PD09PT8/P0BAQENDQ0ZGRgAAAAAAAAAAAAAAAAAAACwAAAAACAAIAAAISAABDEDwwEIHEisCFFggIQOIEy4EHHBQgcMIFTEIKIiA4YOJFjQMNKCwQUQKGDYSQLjgoQSLGTgYTNAQAsWLGjkKHlwh44aOgAA7");
}
