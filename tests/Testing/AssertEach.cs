#pragma warning disable IDE0130 // Every test project imports Xunit already.
namespace Xunit;
#pragma warning restore IDE0130

/// <summary>An assertion that xUnit lacks.</summary>
public static class AssertEach
{
    extension(Assert)
    {
        /// <summary>As <c>Assert.All</c>, which passes on an empty collection; this one fails.</summary>
        public static void Each<T>(IEnumerable<T> collection, Action<T> inspect)
        {
            var items = collection.ToList();
            Assert.NotEmpty(items);
            Assert.All(items, inspect);
        }
    }
}
